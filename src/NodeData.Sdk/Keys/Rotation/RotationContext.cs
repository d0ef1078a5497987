using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>A rotation in one run of a program: its record, which outlives the run, and the new key, which does not. Used by one thread at a time.</summary>
internal sealed class RotationContext(
    RotationCalls calls,
    ApiKeyRotationOptions options,
    IReadOnlyList<IApiKeySink> sinks,
    IApiKeyRotationStore store
)
{
    private readonly SafeProgress _progress = new(options.Progress);

    public RotationCalls Calls => calls;

    public ApiKeyRotationOptions Options => options;

    public IReadOnlyList<IApiKeySink> Sinks => sinks;

    public required ApiKeyRotationRecord Record { get; set; }

    /// <summary>The new key with its secret; null where an earlier run had it, or nobody has yet.</summary>
    public CreatedApiKey? NewKey { get; set; }

    /// <summary>Whether this run saw the new key work.</summary>
    public bool IsVerified { get; set; }

    /// <summary>The client's own key as it was before the swap; null until it is looked at.</summary>
    public ClientKey? OriginalClientKey { get; set; }

    /// <summary>Whether this run has swapped the client's own key, or found that it need not.</summary>
    public bool IsSwitchCompleted { get; set; }

    public RunState RunState => new(NewKey is not null, IsVerified, IsSwitchCompleted);

    /// <summary>Writes the record as it is to be, and only then takes it for true.</summary>
    public async Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreFailure(failure);
        }

        Record = record;
    }

    public void ReportProgress(ApiKeyRotationEvent rotationEvent, string message, string? sink = null, string? revokedKeyId = null)
    {
        if (rotationEvent == ApiKeyRotationEvent.OldKeyStillInUse)
        {
            calls.Logger.OldKeyStillInUse(Record.RotationId, Record.OldKeyId, Record.OldKeyLastUsedAt);
        }
        else
        {
            calls.Logger.RotationProgress(Record.RotationId, Record.OldKeyId, message);
        }

        RotationTrace.AddEvent(Record, message, calls.Now);
        _progress.Report(
            new ApiKeyRotationProgress(Record.RotationId, Record.Stage, message, calls.Now)
            {
                Event = rotationEvent,
                NewKeyName = Record.Current.Name,
                NewKeyId = NewKey?.Id ?? Record.Current.KeyId,
                Sink = sink,
                RevokedKeyId = revokedKeyId,
                OverlapEndsAt = Record.OverlapEndsAt,
                OldKeyLastUsedAt = Record.OldKeyLastUsedAt,
            }
        );
    }

    /// <summary>Whether this client runs on the old key now, and which key it runs on.</summary>
    public Task<ClientKey> GetClientKeyAsync(CancellationToken cancellationToken) =>
        ClientKey.GetAsync(calls, Record.OldKeyId, options.OldKey, cancellationToken);
}
