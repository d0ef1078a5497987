using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>What sinks need to know of the run.</summary>
/// <param name="Terminal">What the tool has around it.</param>
/// <param name="AllowReplace">Whether a key that is in the place already may go: a rotation is made for that, a new key needs <c>--overwrite</c>.</param>
/// <param name="Show">Prints the key, secret included, as the command does.</param>
internal sealed record SinkSetting(Terminal Terminal, bool AllowReplace, Action<CreatedApiKey> Show);
