using System.Diagnostics;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The doors' one way in: one rotation of a key at a time, a new one or the one that is under way.</summary>
internal sealed class RotationRunner
{
    private readonly RotationCalls _calls;
    private readonly ApiKeyRotationOptions _plan;
    private readonly RotationRecords _records;
    private readonly IReadOnlyList<IApiKeySink> _sinks;

    public RotationRunner(TransportView transport, ApiKeyRotationOptions plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _calls = new RotationCalls(transport);
        _plan = plan;
        _records = new RotationRecords(plan.Store ?? new FileApiKeyRotationStore(), _calls.Service);
        _sinks = DelegateSink.SinksOf(plan);
    }

    public async Task<ApiKeyRotationPreview> PlanAsync(string oldKeyId, CancellationToken cancellationToken)
    {
        PathSegment.Id(oldKeyId);
        var unfinished = (await _records.OfAsync(oldKeyId, cancellationToken).ConfigureAwait(false)).Find(record => !record.Stage.IsFinal);
        var (planned, _, leftovers) = await new RotationPlanner(_calls, _plan, oldKeyId).PlanAsync(cancellationToken).ConfigureAwait(false);
        return planned with
        {
            EarlierKeys = [.. leftovers.Where(key => unfinished is null || !Steps.Sweep.IsOf(unfinished, key))],
            Unfinished = unfinished is null ? null : ApiKeyRotation.Of(unfinished),
        };
    }

    /// <summary>Rotates a key: goes on with the rotation that is under way, tells of the one that is done, or begins one.</summary>
    public async Task<ApiKeyRotation> RotateAsync(string oldKeyId, RotationReach reach, CancellationToken cancellationToken)
    {
        PathSegment.Id(oldKeyId);
        if (_sinks.Count == 0)
        {
            throw new ArgumentException(
                "The plan says nowhere to deploy the new key to, and its secret would be lost: set ApiKeyRotationOptions.Deploy or ApiKeyRotationOptions.Sinks."
            );
        }

        var locked = await _records.LockAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            var records = await _records.OfAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
            if (records.Find(record => !record.Stage.IsFinal) is { } unfinished)
            {
                return await GoOnAsync(unfinished, reach, cancellationToken).ConfigureAwait(false);
            }

            return records.Find(record => record.Stage == ApiKeyRotationStage.Completed) is { } done
                ? ApiKeyRotation.Of(done)
                : await BeginAsync(oldKeyId, records, reach, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with a rotation as far as it can come without waiting.</summary>
    public async Task<ApiKeyRotation> CompleteAsync(string rotationId, CancellationToken cancellationToken)
    {
        var (locked, record) = await _records.LockRotationAsync(rotationId, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            return record.Stage.IsFinal
                ? ApiKeyRotation.Of(record)
                : await GoOnAsync(record, RotationReach.WhereDue, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a rotation back.</summary>
    public async Task<ApiKeyRotation> AbortAsync(string rotationId, CancellationToken cancellationToken)
    {
        var (locked, record) = await _records.LockRotationAsync(rotationId, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            using var span = RotationTrace.Start("abort_rotation", record.OldKeyId, record);
            return await RotationTrace
                .FollowAsync(span, () => AbortDriver.RunAsync(RotationOf(record), cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private async Task<ApiKeyRotation> BeginAsync(
        string oldKeyId,
        List<ApiKeyRotationRecord> ended,
        RotationReach reach,
        CancellationToken cancellationToken
    )
    {
        using var span = RotationTrace.Start(NameOf(reach), oldKeyId, goingOn: null);
        return await RotationTrace
            .FollowAsync(
                span,
                async () =>
                {
                    var rotation = await IntendAsync(oldKeyId, ended, span, cancellationToken).ConfigureAwait(false);
                    return await RotationDriver.RunAsync(rotation, reach, cancellationToken).ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
    }

    private async Task<Rotation> IntendAsync(
        string oldKeyId,
        List<ApiKeyRotationRecord> ended,
        Activity? span,
        CancellationToken cancellationToken
    )
    {
        var planner = new RotationPlanner(_calls, _plan, oldKeyId);
        var (planned, own, leftovers) = await planner.PlanAsync(cancellationToken).ConfigureAwait(false);
        var rotation = RotationOf(planner.Begin(planned, RotationTrace.ParentOf(span)));
        rotation.Own = own;
        await Leftovers.ClearAsync(rotation, leftovers, ended, cancellationToken).ConfigureAwait(false);
        try
        {
            await rotation.WriteAsync(rotation.Record, cancellationToken).ConfigureAwait(false);
        }
        catch (LogFailure wrapped) when (wrapped.InnerException is { } failure)
        {
            throw new ApiKeyRotationException(
                $"The rotation of the key {oldKeyId} could not be written to its log ({failure.GetType().Name}: {failure.Message}), and was not begun. Nothing was done.",
                failure
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.StoreFailed,
                IsRejected = true,
            };
        }

        if (planned.IsOverlapShortened)
        {
            rotation.Tell(ApiKeyRotationEvent.StartedWithShortenedOverlap, $"Begun; the overlap is cut to {planned.Overlap}.");
        }
        else
        {
            rotation.Tell(ApiKeyRotationEvent.Started, "Begun.");
        }

        return rotation;
    }

    private async Task<ApiKeyRotation> GoOnAsync(ApiKeyRotationRecord record, RotationReach reach, CancellationToken cancellationToken)
    {
        if (record.Stage == ApiKeyRotationStage.RollingBack)
        {
            throw new ApiKeyRotationException(
                $"The rotation {record.RotationId} of the key {record.OldKeyId} is being aborted. Call RollBackKeyRotationAsync(\"{record.RotationId}\", plan) to end that, then rotate again."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.RollbackInProgress,
                IsRejected = true,
                Rotation = ApiKeyRotation.Of(record),
            };
        }

        using var span = RotationTrace.Start(NameOf(reach), record.OldKeyId, record);
        return await RotationTrace
            .FollowAsync(
                span,
                () =>
                {
                    var rotation = RotationOf(record.Hastened(_plan, _calls.Now));
                    rotation.Tell(ApiKeyRotationEvent.Resumed, $"Goes on from where it stopped, which was while {record.Stage}.");
                    return RotationDriver.RunAsync(rotation, reach, cancellationToken);
                }
            )
            .ConfigureAwait(false);
    }

    private Rotation RotationOf(ApiKeyRotationRecord record) => new(_calls, _plan, _sinks, _records.Log) { Record = record };

    private static string NameOf(RotationReach reach) =>
        reach switch
        {
            RotationReach.Deployed => "begin_rotation",
            RotationReach.WhereDue => "complete_rotation",
            _ => "rotate",
        };
}
