namespace NodeData.Cli.Webhooks.Signing;

/// <summary>A <see cref="TimeProvider"/> that always returns the same time.</summary>
internal sealed class FixedTimeProvider(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
