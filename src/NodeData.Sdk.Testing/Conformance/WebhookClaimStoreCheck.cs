using NodeData.Sdk.Testing.Conformance;

namespace NodeData.Sdk.Testing;

/// <summary>One check of <see cref="WebhookClaimStoreConformance"/>. Immutable; can be run any number of times.</summary>
public sealed class WebhookClaimStoreCheck
{
    private readonly Func<ConformanceContext, Task> _run;

    internal WebhookClaimStoreCheck(string name, string description, Func<ConformanceContext, Task> run) =>
        (Name, Description, _run) = (name, description, run);

    /// <summary>A name that stays, such as <c>lost_lease_cannot_be_completed</c>.</summary>
    public string Name { get; }

    /// <summary>What a log promises by passing it, in a sentence.</summary>
    public string Description { get; }

    /// <summary>Runs the check.</summary>
    /// <param name="fixture">The store under test.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="WebhookClaimStoreConformanceException">The promise is broken; the message says how.</exception>
    public async Task RunAsync(WebhookClaimStoreFixture fixture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        try
        {
            await _run(await ConformanceContext.CreateAsync(fixture, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (CheckFailedException exception)
        {
            throw new WebhookClaimStoreConformanceException(this, exception.Message, exception.InnerException);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new WebhookClaimStoreConformanceException(this, $"The log or the subject threw {exception.GetType().Name}.", exception);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
