using System.Diagnostics;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The doors' one way in: one rotation of a key at a time, a new one or the one that is under way.</summary>
internal sealed class RotationRunner
{
    private readonly RotationCalls _calls;
    private readonly KeyRotationPlan _plan;
    private readonly IKeyRotationLog _log;
    private readonly IReadOnlyList<IKeySink> _sinks;

    public RotationRunner(TransportView transport, KeyRotationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _calls = new RotationCalls(transport);
        _plan = plan;
        _log = plan.Log ?? new FileKeyRotationLog();
        _sinks = DelegateSink.SinksOf(plan);
    }

    public async Task<PlannedKeyRotation> PlanAsync(string oldKeyId, CancellationToken cancellationToken)
    {
        PathSegment.Id(oldKeyId);
        var unfinished = await FindUnfinishedAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        var (planned, _, leftovers) = await new RotationPlanner(_calls, _plan, oldKeyId).PlanAsync(cancellationToken).ConfigureAwait(false);
        string[] warnings =
        [
            .. _sinks.Count == 0
                ? ["There is nowhere to deploy to: RotateAsync refuses a plan without Deploy or Sinks."]
                : Array.Empty<string>(),
            .. planned.OverlapWasCut
                ? [$"The old key ends before the overlap asked for does: {planned.Overlap} is left."]
                : Array.Empty<string>(),
            .. leftovers
                .Where(key => unfinished is null || !Steps.Sweep.IsOf(unfinished, key))
                .Select(key => $"An earlier rotation of this key left {key.Id} ({key.Hint}), which is still accepted."),
        ];
        return planned with { Warnings = warnings, Unfinished = unfinished is null ? null : KeyRotation.Of(unfinished) };
    }

    public async Task<KeyRotation> RunAsync(string oldKeyId, RotationReach reach, CancellationToken cancellationToken)
    {
        PathSegment.Id(oldKeyId);
        if (_sinks.Count == 0)
        {
            throw new ArgumentException(
                "The plan says nowhere to deploy the new key to, and its secret would be lost: set KeyRotationPlan.Deploy or KeyRotationPlan.Sinks."
            );
        }

        var locked = await RotationLock.TakeAsync(_log, _calls.Service, oldKeyId, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            var records = await ReadAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
            var done = records.FirstOrDefault(record => record.Stage == KeyRotationStage.Completed);
            var unfinished = records.FirstOrDefault(record => !record.Stage.IsEnd);
            if (unfinished is null && done is not null)
            {
                return KeyRotation.Of(done);
            }

            var door = reach is RotationReach.Deployed ? "begin_rotation" : "rotate";
            return await TraceAsync(
                    door,
                    oldKeyId,
                    unfinished,
                    async span =>
                    {
                        var rotation = unfinished is null
                            ? await BeginAsync(oldKeyId, records, span, cancellationToken).ConfigureAwait(false)
                            : GoOn(unfinished);
                        return await RotationDriver.RunAsync(rotation, reach, cancellationToken).ConfigureAwait(false);
                    }
                )
                .ConfigureAwait(false);
        }
    }

    private static async Task<KeyRotation> TraceAsync(
        string door,
        string oldKeyId,
        KeyRotationRecord? goingOn,
        Func<Activity?, Task<KeyRotation>> run
    )
    {
        using var span = RotationTrace.Start(door, oldKeyId, goingOn);
        try
        {
            return await run(span).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            RotationTrace.Fail(span, failure);
            throw;
        }
    }

    private async Task<Rotation> BeginAsync(
        string oldKeyId,
        List<KeyRotationRecord> records,
        Activity? span,
        CancellationToken cancellationToken
    )
    {
        var planner = new RotationPlanner(_calls, _plan, oldKeyId);
        var (planned, own, leftovers) = await planner.PlanAsync(cancellationToken).ConfigureAwait(false);
        var record = planner.Begin(planned, RotationTrace.ParentOf(span));
        var rotation = new Rotation(_calls, _plan, _sinks, _log) { Record = record, Own = own };
        await Leftovers.ClearAsync(rotation, leftovers, records, cancellationToken).ConfigureAwait(false);
        await rotation.WriteAsync(record, cancellationToken).ConfigureAwait(false);
        rotation.Tell(planned.OverlapWasCut ? $"Begun; the overlap is cut to {planned.Overlap}." : "Begun.");
        return rotation;
    }

    private Rotation GoOn(KeyRotationRecord record)
    {
        if (record.Stage == KeyRotationStage.Withdrawing)
        {
            throw new KeyRotationException(
                $"The rotation {record.RotationId} of the key {record.OldKeyId} is being aborted. Call AbortRotationAsync(\"{record.RotationId}\", plan) to end that, then rotate again."
            )
            {
                Rotation = KeyRotation.Of(record),
            };
        }

        var rotation = new Rotation(_calls, _plan, _sinks, _log) { Record = record };
        rotation.Tell($"Goes on from where it stopped, which was while {record.Stage}.");
        return rotation;
    }

    private async Task<List<KeyRotationRecord>> ReadAsync(string oldKeyId, CancellationToken cancellationToken) =>
        [
            .. (await _log.ReadAsync(cancellationToken).ConfigureAwait(false))
                .Where(record => record.OldKeyId == oldKeyId && record.Service == _calls.Service)
                .OrderByDescending(record => record.StartedAt),
        ];

    private async Task<KeyRotationRecord?> FindUnfinishedAsync(string oldKeyId, CancellationToken cancellationToken) =>
        (await ReadAsync(oldKeyId, cancellationToken).ConfigureAwait(false)).FirstOrDefault(record => !record.Stage.IsEnd);
}
