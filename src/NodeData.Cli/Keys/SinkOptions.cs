using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Where a new secret goes: the options of the commands that make one.</summary>
internal sealed class SinkOptions
{
    private readonly Option<string[]> _to = new("--to")
    {
        Description = "Where the secret goes: stdout, env-local, file:PATH, github:…, vercel:…, aws:…, tpm:…; repeatable",
        HelpName = "SINK",
        CompletionSources = { "stdout", "env-local" },
    };

    private readonly Option<bool> _printSecret = new("--print-secret") { Description = "Print the secret, as --to stdout does" };

    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_printSecret);
    }

    /// <summary>The sinks; none where none was named and standard output is no terminal: a script that forgets must not put a secret into a build log.</summary>
    /// <param name="invocation">The run of the command.</param>
    /// <param name="allowReplace">Whether a key that is in the place already may go.</param>
    /// <param name="show">Prints the key, secret included.</param>
    /// <param name="showByDefault">Whether the secret is shown in a terminal where no place was named.</param>
    /// <exception cref="CommandFailedException">One of them is no sink.</exception>
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
