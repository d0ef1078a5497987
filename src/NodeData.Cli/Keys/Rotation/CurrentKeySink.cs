using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>The sink that holds the key that the command uses. If that key is rotated, the new one must be deployed there.</summary>
internal static class CurrentKeySink
{
    private const string FileScheme = "file:";

    /// <summary>Returns the sink that holds the key that the command uses.</summary>
    /// <returns>The value for <c>--to</c>; null if the source of the key is not a sink, such as an environment variable.</returns>
    public static string? FindReference(ClientSettings settings) =>
        settings.Key is not { } key ? null
        : key.Value.StartsWith(FileScheme, StringComparison.Ordinal) ? key.Value
        : key.File is not null
        && key.Source.StartsWith(ClientSettings.KeyVariable, StringComparison.Ordinal)
        && ApiKey.TryParse(key.Value, out _)
            ? "env-local"
        : null;

    /// <summary>Writes a warning if the sink that holds the key that the command uses is not one of the sinks and would keep a revoked key.</summary>
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
                $"node-data: warning: the key that the command uses comes from {settings.Key!.Source}, which will contain a revoked key. Add: --to '{reference}'"
            )
            .ConfigureAwait(false);
    }
}
