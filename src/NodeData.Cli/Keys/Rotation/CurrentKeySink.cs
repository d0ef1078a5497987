using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Where the key in use comes from, as a sink: where that key is rotated, this is where the new one must go.</summary>
internal static class CurrentKeySink
{
    private const string FileScheme = "file:";

    /// <returns>What to write after <c>--to</c>; null where the key comes from a place that is no sink, such as a variable.</returns>
    public static string? FindReference(ClientSettings settings) =>
        settings.Key is not { } key ? null
        : key.Value.StartsWith(FileScheme, StringComparison.Ordinal) ? key.Value
        : key.File is not null
        && key.Source.StartsWith(ClientSettings.KeyVariable, StringComparison.Ordinal)
        && ApiKey.TryParse(key.Value, out _)
            ? "env-local"
        : null;

    /// <summary>Warns where the key in use is rotated, and the place that it comes from would be left with a revoked key.</summary>
    public static async Task WarnIfOmittedAsync(Invocation invocation, IReadOnlyList<IApiKeySink> sinks)
    {
        var settings = invocation.GetSettings();
        var setting = new SinkSetting(invocation.Terminal, AllowReplace: true, _ => { });
        if (FindReference(settings) is not { } reference || sinks.Any(sink => sink.Name == Sinks.SinkParser.Parse(reference, setting).Name))
        {
            return;
        }

        await invocation
            .Terminal.Error.WriteLineAsync(
                $"node-data: warning: the key in use comes from {settings.Key!.Source}, which will be left with a revoked key. Add: --to '{reference}'"
            )
            .ConfigureAwait(false);
    }
}
