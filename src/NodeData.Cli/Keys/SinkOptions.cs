using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>The options for the sinks of a new secret.</summary>
internal sealed class SinkOptions
{
    private readonly Option<string[]> _to = new("--to")
    {
        Description = "Where to store the secret: stdout, env-local, file:PATH, github:…, vercel:…, aws:…, tpm:…; repeatable",
        HelpName = "SINK",
        CompletionSources = { "stdout", "env-local" },
    };

    private readonly Option<bool> _printSecret = new("--print-secret") { Description = "Print the secret; the same as --to stdout" };

    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_printSecret);
    }

    /// <summary>
    /// Parses the sinks. Without <c>--to</c> there are none if standard output is not a terminal, so that a script does not print a secret to a build log.
    /// </summary>
    /// <param name="invocation">The invocation of the command.</param>
    /// <param name="allowReplace">Whether a sink may replace a key that it already holds.</param>
    /// <param name="show">Prints the key with its secret.</param>
    /// <param name="showByDefault">true to show the secret in a terminal if no sink is set.</param>
    /// <exception cref="CommandFailedException">A value is not a valid sink.</exception>
    public IReadOnlyList<Sink> Parse(Invocation invocation, bool allowReplace, Action<CreatedApiKey> show, bool showByDefault = true)
    {
        var references = GetReferences(invocation);
        if (references.Count == 0 && showByDefault && invocation.Terminal.IsOutputTerminal)
        {
            references = ["stdout"];
        }

        return Sinks.SinkParser.Parse(references, new SinkSetting(invocation.Terminal, allowReplace, show));
    }

    private List<string> GetReferences(Invocation invocation)
    {
        List<string> references = [.. invocation.Get(_to) ?? []];
        if (invocation.Get(_printSecret) && !references.Contains("stdout"))
        {
            references.Add("stdout");
        }

        return references;
    }
}
