using System.CommandLine;
using System.CommandLine.Completions;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>The sinks for the secret of a new endpoint. The service returns the secret once.</summary>
internal sealed class WebhookSecretSinks
{
    private readonly IReadOnlyList<WebhookSecretSink> _sinks;

    private WebhookSecretSinks(IReadOnlyList<WebhookSecretSink> sinks)
    {
        // Standard output is last: the secret is printed only after the other sinks succeeded.
        _sinks = [.. sinks.Where(sink => sink is not StandardOutputSecretSink), .. sinks.OfType<StandardOutputSecretSink>().Take(1)];
        HasStandardOutput = sinks.OfType<StandardOutputSecretSink>().Any();
    }

    /// <summary>Whether the command's output includes the secret.</summary>
    public bool HasStandardOutput { get; }

    public IEnumerable<string> Names => _sinks.Select(sink => sink.Name);

    public static Option<string[]> CreateSinkOption() =>
        new("--secret-to")
        {
            Description = "Where to store the secret: stdout, env-local or file:PATH; repeatable",
            HelpName = "SINK",
            CompletionSources = { _ => [new CompletionItem("stdout"), new CompletionItem("env-local"), new CompletionItem("file:")] },
            AllowMultipleArgumentsPerToken = false,
        };

    public static Option<bool> CreatePrintOption() =>
        new("--print-secret") { Description = "Print the secret even if standard output is not a terminal" };

    /// <summary>Returns the sinks from the options, or standard output if there are none and it is a terminal.</summary>
    /// <exception cref="CommandFailedException">There is no sink, or a sink cannot store the secret. Nothing was sent.</exception>
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
                "Standard output is not a terminal, and a secret must not end up in a log; nothing was sent. Name a sink for the endpoint's secret with "
                    + "--secret-to env-local or --secret-to file:PATH, or print it with --print-secret."
            );
        }

        foreach (var sink in sinks)
        {
            await sink.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        return new WebhookSecretSinks(sinks);
    }

    /// <summary>Deploys the secret to all sinks. The command's output, which may include the secret, is written after the other sinks have it.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="show">Writes the command's output.</param>
    /// <param name="undo">Deletes the endpoint if no sink has the secret.</param>
    /// <param name="endpoint">The endpoint's ID, for messages.</param>
    /// <exception cref="CommandFailedException">A sink failed.</exception>
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

                // Not cancelable: stopping here would lose the secret.
                await sink.DeployAsync(secret, CancellationToken.None).ConfigureAwait(false);
                completed.Add(sink.Name);
            }
            catch (Exception exception) when (completed.Count > 0 && exception is not OutputClosedException)
            {
                throw new CommandFailedException(
                    ExitCode.Incomplete,
                    $"Deploying the secret of {endpoint} to {sink.Name} failed: {exception.Message} The secret is in {string.Join(" and ", completed)}, so the "
                        + $"endpoint was kept. Copy the secret from there, or delete the endpoint: node-data webhooks delete {endpoint} --yes",
                    exception
                );
            }
            catch (Exception exception) when (completed.Count == 0)
            {
                var outcome = await UndoAsync(undo, endpoint).ConfigureAwait(false);
                throw new CommandFailedException(
                    exception is OutputClosedException ? ExitCode.OutputClosed : ExitCode.Incomplete,
                    $"Deploying the secret of {endpoint} to {sink.Name} failed: {exception.Message} {outcome}",
                    exception
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
            return "The endpoint was deleted; nothing remains.";
        }
        catch (NodeDataException exception)
        {
            return $"Deleting the endpoint failed too ({exception.Message}). Delete it with: node-data webhooks delete {endpoint} --yes";
        }
    }
}
