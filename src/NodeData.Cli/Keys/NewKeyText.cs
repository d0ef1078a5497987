using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>Writes a new key, with its secret only if standard output is one of the sinks.</summary>
internal static class NewKeyText
{
    public static void Write(Invocation invocation, CreatedApiKey key, IReadOnlyList<Sink> sinks)
    {
        var terminal = invocation.Terminal;
        var withSecret = sinks.Any(sink => sink is StandardOutputSink);
        if (invocation.IsJson)
        {
            invocation.WriteJson(NewKeyShape.From(key, sinks.Select(sink => sink.Reference), withSecret), NewKeyJson.Indented.NewKeyShape);
        }
        else if (!withSecret)
        {
            CreateFacts(key).Write(terminal);
        }
        else if (terminal.IsOutputTerminal)
        {
            CreateFacts(key).Write(terminal);
            terminal.Out.WriteLine();
            // On a separate line: a table would wrap a long secret.
            terminal.Out.WriteLine(key.Reveal());
            terminal.Error.WriteLine("\nThis is the only time that the secret is shown.");
        }
        else
        {
            // Without other text, so that it can be piped.
            terminal.Out.WriteLine(key.Reveal());
            terminal.Out.Flush();
            terminal.Error.WriteLine($"node-data: Created {key.Id} ({key.Secret.Hint}).");
        }
    }

    private static Facts CreateFacts(CreatedApiKey key)
    {
        var facts = new Facts();
        facts.Add("id", key.Id);
        facts.Add("name", key.Name);
        facts.Add("mode", ModeText.Format(key.Mode));
        facts.Add("hint", key.Secret.Hint);
        facts.Add("scopes", ScopesText.Format(key.Scopes));
        facts.Add("expires", key.ExpiresAt is null ? "never" : key.ExpiresAt);
        return facts;
    }
}
