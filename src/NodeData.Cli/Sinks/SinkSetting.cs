using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>The settings that all sinks of an invocation share.</summary>
/// <param name="Terminal">The environment of the tool.</param>
/// <param name="AllowReplace">Whether an existing key may be replaced: always for a rotation; a new key requires <c>--overwrite</c>.</param>
/// <param name="Show">Prints the key, including its secret, as the command does.</param>
internal sealed record SinkSetting(Terminal Terminal, bool AllowReplace, Action<CreatedApiKey> Show);
