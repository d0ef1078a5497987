using System.CommandLine;
using System.CommandLine.Completions;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>Where the secret of a new endpoint goes; the service shows it once.</summary>
internal sealed class WebhookSecretSinks
{
    private readonly IReadOnlyList<WebhookSecretSink> _sinks;

    private WebhookSecretSinks(IReadOnlyList<WebhookSecretSink> sinks)
    {
        // What is printed comes last: it is only right to show where the rest has succeeded.
        _sinks = [.. sinks.Where(sink => sink is not StandardOutputSecretSink), .. sinks.OfType<StandardOutputSecretSink>().Take(1)];
        HasStandardOutput = sinks.OfType<StandardOutputSecretSink>().Any();
    }

    /// <summary>Whether the command's answer shows the secret.</summary>
    public bool HasStandardOutput { get; }

    public IEnumerable<string> Names => _sinks.Select(sink => sink.Name);

    public static Option<string[]> CreateSinkOption() =>
        new("--secret-to")
        {
            Description = "Where the secret goes: stdout, env-local or file:PATH; may be repeated",
            HelpName = "SINK",
            CompletionSources = { _ => [new CompletionItem("stdout"), new CompletionItem("env-local"), new CompletionItem("file:")] },
            AllowMultipleArgumentsPerToken = false,
        };

    public static Option<bool> CreatePrintOption() =>
        new("--print-secret") { Description = "Print the secret although standard output is no terminal" };

    /// <summary>The places that were named; standard output where none was and people sit before it.</summary>
    /// <exception cref="CommandFailedException">None was, or one of them cannot take a secret. Nothing was sent.</exception>
    public static async Task<WebhookSecretSinks> CreateAsync(
        Invocation invocation,
        Option<string[]> sinkOption,
        Option<bool> printOption,
        bool allowReplace,
        CancellationToken cancellationToken
    )
    {
        var references = invocation.Get(sinkOption) ?? [];
        List<WebhookSecretSink> sinks =
        [
            .. references.Distinct(StringComparer.Ordinal).Select(text => WebhookSecretSink.Parse(text, invocation.Terminal, allowReplace)),
        ];
        if (invocation.Get(printOption) || (sinks.Count == 0 && invocation.Terminal.IsOutputTerminal))
        {
            sinks.Add(new StandardOutputSecretSink(invocation.Terminal));
        }

        if (sinks.Count == 0)
        {
            throw CommandFailedException.Usage(
                "Standard output is no terminal, and a secret must not end up in a log; nothing was sent. Say where the endpoint's secret goes with "
                    + "--secret-to env-local or --secret-to file:PATH, or print it with --print-secret."
            );
        }

        foreach (var sink in sinks)
        {
            await sink.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        return new WebhookSecretSinks(sinks);
    }

    /// <summary>Puts the secret everywhere; the answer, secret included, is shown once the other places have it.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="show">Writes the command's answer.</param>
    /// <param name="undo">Takes the endpoint back where the secret is nowhere.</param>
    /// <param name="endpoint">The endpoint's id, for messages.</param>
    /// <exception cref="CommandFailedException">A place did not take it.</exception>
    public async Task DeployAsync(WebhookSecret secret, Action show, Func<Task> undo, string endpoint)
    {
        var completed = new List<string>();
        var isShown = false;
        foreach (var sink in _sinks)
        {
            try
            {
                if (sink is StandardOutputSecretSink)
                {
                    show();
                    isShown = true;
                }

                // From here on stopping half-way would lose the secret.
                await sink.DeployAsync(secret, CancellationToken.None).ConfigureAwait(false);
                completed.Add(sink.Name);
            }
            catch (Exception failure) when (completed.Count > 0 && failure is not OutputClosedException)
            {
                throw new CommandFailedException(
                    ExitCode.Incomplete,
                    $"{sink.Name} did not take the secret of {endpoint}: {failure.Message} It is in {string.Join(" and ", completed)}, so the endpoint stays. Copy it "
                        + $"from there, or delete the endpoint: node-data webhooks delete {endpoint} --yes",
                    failure
                );
            }
            catch (Exception failure) when (completed.Count == 0)
            {
                var outcome = await UndoAsync(undo, endpoint).ConfigureAwait(false);
                throw new CommandFailedException(
                    failure is OutputClosedException ? ExitCode.OutputClosed : ExitCode.Incomplete,
                    $"{sink.Name} did not take the secret of {endpoint}: {failure.Message} {outcome}",
                    failure
                );
            }
        }

        if (!isShown)
        {
            show();
        }
    }

    private static async Task<string> UndoAsync(Func<Task> undo, string endpoint)
    {
        try
        {
            await undo().ConfigureAwait(false);
            return "The endpoint was deleted again: nothing is left behind.";
        }
        catch (NodeDataException failure)
        {
            return $"The endpoint could not be deleted either ({failure.Message}): node-data webhooks delete {endpoint} --yes";
        }
    }
}
