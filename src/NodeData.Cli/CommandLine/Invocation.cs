using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.CommandLine;

/// <summary>One invocation of a command: its parsed arguments and its output.</summary>
internal sealed class Invocation(ParseResult parsed, Terminal terminal)
{
    private ClientSettings? _settings;

    public Terminal Terminal { get; } = terminal;

    public bool IsJson => Get(GlobalOptions.Json);

    public bool IsVerbose => Get(GlobalOptions.Verbose);

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Finds the key and the address; the result is cached.</summary>
    /// <exception cref="NodeDataConfigurationException">A <c>.env.local</c> is invalid.</exception>
    public ClientSettings GetSettings() =>
        _settings ??= ClientSettings.Find(Terminal, Get(GlobalOptions.KeyFile), Get(GlobalOptions.BaseUrl));

    /// <summary>Creates a client with the key and the address of this invocation. The caller disposes it.</summary>
    /// <exception cref="Failures.CommandFailedException">No key is configured.</exception>
    /// <exception cref="NodeDataConfigurationException">The key or the address is invalid.</exception>
    public NodeClient CreateClient() => ClientFactory.Create(GetSettings(), Terminal, IsVerbose);

    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => Terminal.Out.WriteLine(JsonSerializer.Serialize(value, type));
}
