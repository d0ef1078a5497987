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
        var goesOn = _options.IsResume(invocation) || _options.IsAbort(invocation);
        var sinks = _sinks.Parse(
            invocation,
            mayReplace: true,
            key => ShowSecret(invocation.Terminal, key),
            elseShow: !goesOn && !invocation.IsJson
        );
        if (invocation.IsJson && sinks.Any(sink => sink is StandardOutputSink))
        {
            throw CommandFailedException.Usage("With --json standard output has the receipt, and no secret. Name another place with --to.");
        }

        using var node = invocation.OpenClient();
        var plan = _options.PlanOf(invocation) with { Sinks = sinks };
        return goesOn
            ? await GoOnAsync(invocation, node, plan, cancellationToken).ConfigureAwait(false)
            : await BeginAsync(invocation, node, plan, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CheckAsync(IReadOnlyList<IApiKeySink> sinks, CancellationToken cancellationToken)
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

    private async Task<ExitCode> BeginAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationOptions plan,
        CancellationToken cancellationToken
    )
    {
        var own = (await node.Me.GetAsync(cancellationToken).ConfigureAwait(false)).Key?.Id;
        var id =
            invocation.Get(_id)
            ?? own
            ?? throw CommandFailedException.Usage("The service does not say which key is in use. Name the key: keys rotate ID.");
        var place = OwnPlace.Of(invocation.FindSettings());
        if (plan.Sinks.Count == 0 && !_options.IsDryRun(invocation))
        {
            throw CommandFailedException.Usage(
                "Say where the new key goes with --to (env-local, file:PATH, github:…, aws:…), as its secret is told once; --to stdout prints it."
                    + (id == own && place is not null ? $" The key in use comes from there: --to '{place}'." : "")
            );
        }

        // Where every place has the new key already, as an index of a TPM that is never written twice, none is written again.
        if (!await UnfinishedRotations.IsDeployedAsync(_options.Log(invocation), id, cancellationToken).ConfigureAwait(false))
        {
            await CheckAsync(plan.Sinks, cancellationToken).ConfigureAwait(false);
        }

        var run = new RotationRun(invocation, node, id, _options.LogArgument(invocation));
        if (_options.IsDryRun(invocation))
        {
            return await run.PlanAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        if (id == own)
        {
            await OwnPlace.WarnWhereLeftOutAsync(invocation, plan.Sinks).ConfigureAwait(false);
        }

        await ConfirmAsync(invocation, node, id, own, plan, cancellationToken).ConfigureAwait(false);
        return _options.IsToWait(invocation)
            ? await run.RotateAsync(plan, cancellationToken).ConfigureAwait(false)
            : await run.BeginAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExitCode> GoOnAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationOptions plan,
        CancellationToken cancellationToken
    )
    {
        var record = await UnfinishedRotations
            .FindAsync(_options.Log(invocation), invocation.Get(_id), cancellationToken)
            .ConfigureAwait(false);
        await CheckAsync(plan.Sinks, cancellationToken).ConfigureAwait(false);
        var run = new RotationRun(invocation, node, record.OldKeyId, _options.LogArgument(invocation));
        if (_options.IsResume(invocation))
        {
            return await run.ResumeAsync(record.RotationId, plan, cancellationToken).ConfigureAwait(false);
        }

        // Once it was put back, only the end of the overlap is waited for.
        var isBack = record.Stage == ApiKeyRotationStage.RollingBack && record.OverlapEndsAt is not null;
        if (!record.Stage.IsFinal && !isBack && record.Attempts.Any(attempt => attempt.IsDeployed))
        {
            if (plan.Sinks.Count == 0)
            {
                throw CommandFailedException.Usage(
                    "The new key may be in its places already, and the old one must be put back into them: name them with --to, as when the rotation was begun. "
                        + "Nothing was done."
                );
            }

            plan = plan with { OldKey = await OldKeyAsync(invocation, node, record, cancellationToken).ConfigureAwait(false) };
        }

        return await run.AbortAsync(record.RotationId, plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ApiKey?> OldKeyAsync(
        Invocation invocation,
        NodeClient node,
        ApiKeyRotationRecord record,
        CancellationToken cancellationToken
    )
    {
        if (_options.OldKeyFile(invocation) is { } path)
        {
            return path == "-"
                ? await KeyInput.ReadAsync(invocation.Terminal, cancellationToken).ConfigureAwait(false)
                : new Credentials.Setting($"file:{Path.GetFullPath(path, invocation.Terminal.Folder)}", "--old-key-file").RevealKey(
                    cancellationToken
                );
        }

        var own = (await node.Me.GetAsync(cancellationToken).ConfigureAwait(false)).Key?.Id;
        return own == record.OldKeyId || !invocation.Terminal.IsInputTerminal
            ? null
            : await KeyInput.ReadAsync(invocation.Terminal, cancellationToken).ConfigureAwait(false);
    }

    private async Task ConfirmAsync(
        Invocation invocation,
        NodeClient node,
        string id,
        string? own,
        ApiKeyRotationOptions plan,
        CancellationToken cancellationToken
    )
    {
        if (_options.IsConfirmed(invocation) || !(id == own || node.Mode == KeyMode.Live))
        {
            return;
        }

        var places = string.Join(", ", plan.Sinks.Select(sink => sink.Name));
        await Confirmation
            .RequireAsync(
                invocation.Terminal,
                $"Rotate {id}{(id == own ? ", the key in use" : "")}: the new key goes to {places}, and the old one is revoked after the overlap?",
                cancellationToken
            )
            .ConfigureAwait(false);
    }
}
