using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Replaces a key by a new one without an outage.</summary>
internal sealed class KeysRotateCommand : NodeDataCommand
{
    private readonly Argument<string?> _id = new("ID")
    {
        Description = "The key's id, key_…; left out, the key in use, or with --resume and --abort the rotation that is under way",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly SinkOptions _sinks = new();
    private readonly RotationOptions _options = new();

    public KeysRotateCommand(Terminal terminal)
        : base("rotate", "Replace a key by a new one without an outage", terminal)
    {
        Add(_id);
        _sinks.AddTo(this);
        _options.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        _options.Check(invocation);
        var isContinuation = _options.IsResume(invocation) || _options.IsRollBack(invocation);
        var sinks = _sinks.Parse(
            invocation,
            allowReplace: true,
            key => ShowSecret(invocation.Terminal, key),
            showByDefault: !isContinuation && !invocation.IsJson
        );
        if (invocation.IsJson && sinks.Any(sink => sink is StandardOutputSink))
        {
            throw CommandFailedException.Usage("With --json standard output has the receipt, and no secret. Name another place with --to.");
        }

        using var node = invocation.CreateClient();
        var options = _options.CreateRotationOptions(invocation) with { Sinks = sinks };
        return isContinuation
            ? await ContinueAsync(invocation, node, options, cancellationToken).ConfigureAwait(false)
            : await StartAsync(invocation, node, options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CheckSinksAsync(IReadOnlyList<IApiKeySink> sinks, CancellationToken cancellationToken)
    {
        foreach (var sink in sinks.OfType<Sink>())
        {
            await sink.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void ShowSecret(Terminal terminal, CreatedApiKey key)
    {
        terminal.Out.WriteLine(key.Reveal());
        terminal.Out.Flush();
        terminal.Error.WriteLine($"node-data: That is the secret of {key.Id}, and this is the only time that it is shown.");
    }

    private async Task<ExitCode> StartAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken
    )
    {
        var currentKeyId = (await node.Me.GetAsync(cancellationToken).ConfigureAwait(false)).Key?.Id;
        var id =
            invocation.Get(_id)
            ?? currentKeyId
            ?? throw CommandFailedException.Usage("The service does not say which key is in use. Name the key: keys rotate ID.");
        var currentSink = CurrentKeySink.FindReference(invocation.GetSettings());
        if (options.Sinks.Count == 0 && !_options.IsDryRun(invocation))
        {
            throw CommandFailedException.Usage(
                "Say where the new key goes with --to (env-local, file:PATH, github:…, aws:…), as its secret is told once; --to stdout prints it."
                    + (id == currentKeyId && currentSink is not null ? $" The key in use comes from there: --to '{currentSink}'." : "")
            );
        }

        // Where every place has the new key already, as an index of a TPM that is never written twice, none is written again.
        if (!await UnfinishedRotations.IsDeployedAsync(_options.OpenStore(invocation), id, cancellationToken).ConfigureAwait(false))
        {
            await CheckSinksAsync(options.Sinks, cancellationToken).ConfigureAwait(false);
        }

        var run = new RotationRun(invocation, node, id, _options.FormatStoreArgument(invocation));
        if (_options.IsDryRun(invocation))
        {
            return await run.PreviewAsync(options, cancellationToken).ConfigureAwait(false);
        }

        if (id == currentKeyId)
        {
            await CurrentKeySink.WarnIfOmittedAsync(invocation, options.Sinks).ConfigureAwait(false);
        }

        await ConfirmAsync(invocation, node, id, currentKeyId, options, cancellationToken).ConfigureAwait(false);
        return _options.ShouldWait(invocation)
            ? await run.RotateAsync(options, cancellationToken).ConfigureAwait(false)
            : await run.StartAsync(options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExitCode> ContinueAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken
    )
    {
        var record = await UnfinishedRotations
            .FindAsync(_options.OpenStore(invocation), invocation.Get(_id), cancellationToken)
            .ConfigureAwait(false);
        await CheckSinksAsync(options.Sinks, cancellationToken).ConfigureAwait(false);
        var run = new RotationRun(invocation, node, record.OldKeyId, _options.FormatStoreArgument(invocation));
        if (_options.IsResume(invocation))
        {
            return await run.ResumeAsync(record.RotationId, options, cancellationToken).ConfigureAwait(false);
        }

        // Once it was put back, only the end of the overlap is waited for.
        var isOldKeyRestored = record.Stage == ApiKeyRotationStage.RollingBack && record.OverlapEndsAt is not null;
        if (!record.Stage.IsFinal && !isOldKeyRestored && record.Attempts.Any(attempt => attempt.IsDeployed))
        {
            if (options.Sinks.Count == 0)
            {
                throw CommandFailedException.Usage(
                    "The new key may be in its places already, and the old one must be put back into them: name them with --to, as when the rotation was begun. "
                        + "Nothing was done."
                );
            }

            options = options with { OldKey = await ReadOldKeyAsync(invocation, node, record, cancellationToken).ConfigureAwait(false) };
        }

        return await run.RollBackAsync(record.RotationId, options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ApiKey?> ReadOldKeyAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationRecord record,
        CancellationToken cancellationToken
    )
    {
        if (_options.GetOldKeyFile(invocation) is { } path)
        {
            return path == "-"
                ? await KeyInput.ReadAsync(invocation.Terminal, cancellationToken).ConfigureAwait(false)
                : new Credentials.Setting($"file:{Path.GetFullPath(path, invocation.Terminal.Folder)}", "--old-key-file").ResolveKey(
                    cancellationToken
                );
        }

        var currentKeyId = (await node.Me.GetAsync(cancellationToken).ConfigureAwait(false)).Key?.Id;
        return currentKeyId == record.OldKeyId || !invocation.Terminal.IsInputTerminal
            ? null
            : await KeyInput.ReadAsync(invocation.Terminal, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConfirmAsync(
        Invocation invocation,
        NodeClient node,
        string id,
        string? currentKeyId,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken
    )
    {
        if (_options.IsConfirmed(invocation) || !(id == currentKeyId || node.Mode == KeyMode.Live))
        {
            return;
        }

        var sinkNames = string.Join(", ", options.Sinks.Select(sink => sink.Name));
        await Confirmation
            .RequireAsync(
                invocation.Terminal,
                $"Rotate {id}{(id == currentKeyId ? ", the key in use" : "")}: the new key goes to {sinkNames}, and the old one is revoked after the overlap?",
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
