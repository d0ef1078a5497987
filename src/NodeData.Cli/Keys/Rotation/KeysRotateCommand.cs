using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Sinks;
using NodeData.Sdk;

namespace NodeData.Cli.Keys.Rotation;

/// <summary>Rotates a key without an outage.</summary>
internal sealed class KeysRotateCommand : NodeDataCommand
{
    private readonly Argument<string?> _id = new("ID")
    {
        Description =
            "ID of the key, key_…; defaults to the key that the command uses, or with --resume and --roll-back to the rotation in progress",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly SinkOptions _sinks = new();
    private readonly RotationOptions _options = new();

    public KeysRotateCommand(Terminal terminal)
        : base("rotate", "Rotate an API key without an outage", terminal)
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
            throw CommandFailedException.Usage(
                "With --json, standard output contains the result and never a secret. Set a different sink with --to."
            );
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
        terminal.Error.WriteLine($"node-data: This is the only time that the secret of {key.Id} is shown.");
    }

    private async Task<ExitCode> StartAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken
    )
    {
        var currentKeyId = (await node.Me.GetAsync(cancellationToken).ConfigureAwait(false)).Key?.Id;
        var id = invocation.Get(_id) ?? await FindKeyInUseAsync(invocation, currentKeyId, cancellationToken).ConfigureAwait(false);
        var currentSink = CurrentKeySink.FindReference(invocation.GetSettings());
        if (options.Sinks.Count == 0 && !_options.IsDryRun(invocation))
        {
            throw CommandFailedException.Usage(
                "Set where to store the new key with --to (env-local, file:PATH, github:…, aws:…), because its secret is shown once; --to stdout prints it."
                    + (
                        id == currentKeyId && currentSink is not null
                            ? $" The key that the command uses is stored in: --to '{currentSink}'."
                            : ""
                    )
            );
        }

        // If every sink already has the new key, no sink is written again; an index of a TPM can be written only once.
        var isDeployed = await UnfinishedRotations
            .IsDeployedAsync(_options.OpenStore(invocation), id, cancellationToken)
            .ConfigureAwait(false);
        if (!isDeployed)
        {
            await CheckSinksAsync(options.Sinks, cancellationToken).ConfigureAwait(false);
        }

        var run = new RotationRun(invocation, node, id, _options.FormatStoreArgument(invocation));
        if (_options.IsDryRun(invocation))
        {
            return await run.PreviewAsync(options, cancellationToken).ConfigureAwait(false);
        }

        // A replacement of the key that the command uses is deployed if a deployment was interrupted.
        var isKeyInUse = id == currentKeyId || invocation.Get(_id) is null;
        if (id == currentKeyId || (isKeyInUse && !isDeployed))
        {
            await CurrentKeySink.WarnIfOmittedAsync(invocation, options.Sinks).ConfigureAwait(false);
        }

        await ConfirmAsync(invocation, node, id, isKeyInUse, options, cancellationToken).ConfigureAwait(false);
        return _options.ShouldWait(invocation)
            ? await run.RotateAsync(options, cancellationToken).ConfigureAwait(false)
            : await run.StartAsync(options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the key to be rotated if no ID is given: the key that the command uses, or the key that its rotation in progress was started with.</summary>
    private async Task<string> FindKeyInUseAsync(Invocation invocation, string? currentKeyId, CancellationToken cancellationToken)
    {
        if (currentKeyId is null)
        {
            throw CommandFailedException.Usage(
                "The service did not return the ID of the key that the command uses. Pass the ID: keys rotate ID."
            );
        }

        var unfinished = await UnfinishedRotations
            .FindByKeyInUseAsync(_options.OpenStore(invocation), currentKeyId, cancellationToken)
            .ConfigureAwait(false);
        if (unfinished is null || unfinished.OldKeyId == currentKeyId)
        {
            return currentKeyId;
        }

        await invocation
            .Terminal.Error.WriteLineAsync(
                $"node-data: Rotating {unfinished.OldKeyId}, the key that the command used when the rotation was started: the key that it uses now, {currentKeyId}, is a new key of that rotation, which is not finished."
            )
            .ConfigureAwait(false);
        return unfinished.OldKeyId;
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

        // After the old key was restored, only the end of the overlap is pending.
        var isOldKeyRestored = record.Stage == ApiKeyRotationStage.RollingBack && record.OverlapEndsAt is not null;
        if (!record.Stage.IsFinal && !isOldKeyRestored && record.Attempts.Any(attempt => attempt.HasDeploymentStarted))
        {
            if (options.Sinks.Count == 0)
            {
                throw CommandFailedException.Usage(
                    "The new key may already be deployed, so the old one must be restored in every sink: pass the same --to as when the rotation was started. "
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
        bool isKeyInUse,
        ApiKeyRotationOptions options,
        CancellationToken cancellationToken
    )
    {
        if (_options.IsConfirmed(invocation) || !(isKeyInUse || node.Mode == KeyMode.Live))
        {
            return;
        }

        var sinkNames = string.Join(", ", options.Sinks.Select(sink => sink.Name));
        await Confirmation
            .RequireAsync(
                invocation.Terminal,
                $"Rotate {id}{(isKeyInUse ? ", the key that the command uses" : "")}: deploy the new key to {sinkNames}, and revoke the old one after the overlap?",
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
