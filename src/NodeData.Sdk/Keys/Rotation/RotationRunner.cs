using System.Diagnostics;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Entry point of the rotation methods. Starts a rotation, or resumes the one in progress; a key has at most one.</summary>
internal sealed class RotationRunner
{
    private readonly RotationCalls _calls;
    private readonly ApiKeyRotationOptions _options;
    private readonly RotationRecords _records;
    private readonly IReadOnlyList<IApiKeySink> _sinks;

    public RotationRunner(TransportView transport, ApiKeyRotationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _calls = new RotationCalls(transport);
        _options = options;
        _records = new RotationRecords(options.Store ?? new FileApiKeyRotationStore(), _calls.Service);
        _sinks = DelegateSink.GetSinks(options);
    }

    public async Task<ApiKeyRotationPreview> PreviewAsync(string oldKeyId, CancellationToken cancellationToken)
    {
        PathSegment.EncodeId(oldKeyId);
        var records = await _records.GetAllAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        var unfinished = records.Find(record => !record.Stage.IsFinal);
        await _records.RequireNotNewKeyAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        var (preview, _, earlierKeys) = await new RotationPlanner(_calls, _options, oldKeyId, FindCompleted(records))
            .PlanAsync(cancellationToken)
            .ConfigureAwait(false);
        return preview with
        {
            EarlierKeys = [.. earlierKeys.Where(key => unfinished is null || !Steps.RotationKeys.IsFromRotation(unfinished, key))],
            Unfinished = unfinished is null ? null : ApiKeyRotation.FromRecord(unfinished),
        };
    }

    /// <summary>Rotates a key: resumes the rotation in progress, or starts one.</summary>
    public async Task<ApiKeyRotation> RotateAsync(string oldKeyId, RotationTarget target, CancellationToken cancellationToken)
    {
        PathSegment.EncodeId(oldKeyId);
        if (_sinks.Count == 0)
        {
            throw new ArgumentException(
                "The options have no sink for the new key, and its secret would be lost. Set ApiKeyRotationOptions.Deploy or ApiKeyRotationOptions.Sinks."
            );
        }

        var keyLock = await _records.LockAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
        await using (keyLock.ConfigureAwait(false))
        {
            var records = await _records.GetAllAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
            if (records.Find(record => !record.Stage.IsFinal) is { } unfinished)
            {
                return await ResumeAsync(unfinished, target, cancellationToken).ConfigureAwait(false);
            }

            await _records.RequireNotNewKeyAsync(oldKeyId, cancellationToken).ConfigureAwait(false);
            return await StartAsync(oldKeyId, records, target, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Resumes a rotation as far as possible without waiting.</summary>
    public async Task<ApiKeyRotation> CompleteAsync(string rotationId, CancellationToken cancellationToken)
    {
        var (keyLock, record) = await _records.LockRotationAsync(rotationId, cancellationToken).ConfigureAwait(false);
        await using (keyLock.ConfigureAwait(false))
        {
            return record.Stage.IsFinal
                ? ApiKeyRotation.FromRecord(record)
                : await ResumeAsync(record, RotationTarget.CompletedIfDue, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Rolls back a rotation.</summary>
    public async Task<ApiKeyRotation> RollBackAsync(string rotationId, CancellationToken cancellationToken)
    {
        var (keyLock, record) = await _records.LockRotationAsync(rotationId, cancellationToken).ConfigureAwait(false);
        await using (keyLock.ConfigureAwait(false))
        {
            using var span = RotationTrace.Start("roll_back_rotation", record.OldKeyId, record);
            return await RotationTrace
                .RunAsync(span, () => RollBackDriver.RunAsync(CreateContext(record), cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private async Task<ApiKeyRotation> StartAsync(
        string oldKeyId,
        List<ApiKeyRotationRecord> finished,
        RotationTarget target,
        CancellationToken cancellationToken
    )
    {
        using var span = RotationTrace.Start(GetActivityName(target), oldKeyId, resumed: null);
        return await RotationTrace
            .RunAsync(
                span,
                async () =>
                {
                    var rotation = await CreateRotationAsync(oldKeyId, finished, span, cancellationToken).ConfigureAwait(false);
                    return await RotationDriver.RunAsync(rotation, target, cancellationToken).ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
    }

    private async Task<RotationContext> CreateRotationAsync(
        string oldKeyId,
        List<ApiKeyRotationRecord> finished,
        Activity? span,
        CancellationToken cancellationToken
    )
    {
        var planner = new RotationPlanner(_calls, _options, oldKeyId, FindCompleted(finished));
        var (preview, clientKey, earlierKeys) = await planner.PlanAsync(cancellationToken).ConfigureAwait(false);
        var rotation = CreateContext(planner.CreateRecord(preview, RotationTrace.GetTraceParent(span)));
        rotation.OriginalClientKey = clientKey;
        await EarlierRotationKeys.RevokeAsync(rotation, earlierKeys, finished, cancellationToken).ConfigureAwait(false);
        try
        {
            await rotation.WriteAsync(rotation.Record, cancellationToken).ConfigureAwait(false);
        }
        catch (RotationStoreException storeException) when (storeException.InnerException is { } exception)
        {
            throw new ApiKeyRotationException(
                $"The rotation of the key {oldKeyId} was not started: its record could not be written to the store ({exception.GetType().Name}: {exception.Message}). Nothing was done.",
                exception
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.StoreFailed,
                IsRejected = true,
            };
        }

        if (preview.IsOverlapShortened)
        {
            rotation.ReportProgress(
                ApiKeyRotationEvent.StartedWithShortenedOverlap,
                $"Started; the overlap is shortened to {preview.Overlap}, the remaining lifetime of the old key."
            );
        }
        else
        {
            rotation.ReportProgress(ApiKeyRotationEvent.Started, "Started.");
        }

        return rotation;
    }

    private async Task<ApiKeyRotation> ResumeAsync(ApiKeyRotationRecord record, RotationTarget target, CancellationToken cancellationToken)
    {
        if (record.Stage == ApiKeyRotationStage.RollingBack)
        {
            throw new ApiKeyRotationException(
                $"The rotation {record.RotationId} of the key {record.OldKeyId} is being rolled back. Call RollBackKeyRotationAsync(\"{record.RotationId}\", options) to complete the rollback, then rotate again."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.RollbackInProgress,
                IsRejected = true,
                Rotation = ApiKeyRotation.FromRecord(record),
            };
        }

        using var span = RotationTrace.Start(GetActivityName(target), record.OldKeyId, record);
        return await RotationTrace
            .RunAsync(
                span,
                () =>
                {
                    var rotation = CreateContext(record.WithShortenedOverlap(_options, _calls.Now));
                    rotation.ReportProgress(ApiKeyRotationEvent.Resumed, $"Resumed in stage {record.Stage}.");
                    return RotationDriver.RunAsync(rotation, target, cancellationToken);
                }
            )
            .ConfigureAwait(false);
    }

    private static ApiKeyRotationRecord? FindCompleted(List<ApiKeyRotationRecord> records) =>
        records.Find(record => record.Stage == ApiKeyRotationStage.Completed);

    private RotationContext CreateContext(ApiKeyRotationRecord record) => new(_calls, _options, _sinks, _records.Store) { Record = record };

    private static string GetActivityName(RotationTarget target) =>
        target switch
        {
            RotationTarget.Deployed => "start_rotation",
            RotationTarget.CompletedIfDue => "complete_rotation",
            _ => "rotate",
        };
}
