using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// The state of a rotation in one run: its record, which is stored, and the new key, which is not. Used by one thread at a time.
/// </summary>
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

    /// <summary>The new key with its secret; null if an earlier run created it, or if it is not created yet.</summary>
    public CreatedApiKey? NewKey { get; set; }

    /// <summary>Whether this run verified the new key.</summary>
    public bool IsVerified { get; set; }

    /// <summary>The key of the client before the switch; null until it is read.</summary>
    public ClientKey? OriginalClientKey { get; set; }

    /// <summary>Whether this run switched the client to the new key, or found that it need not.</summary>
    public bool IsSwitchCompleted { get; set; }

    public RunState RunState => new(NewKey is not null, IsVerified, IsSwitchCompleted);

    /// <summary>Writes a record to the store and, if that succeeds, makes it the current one.</summary>
    public async Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RotationStoreException(exception);
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

    /// <summary>Gets the key that this client uses now, and whether it is the old one.</summary>
    public Task<ClientKey> GetClientKeyAsync(CancellationToken cancellationToken) =>
        ClientKey.GetAsync(calls, Record.OldKeyId, options.OldKey, cancellationToken);

    /// <summary>
    /// Determines whether the rotation revokes the key of the client: the old key, or the key of an earlier attempt, which a client has loaded from a sink after
    /// an interrupted deployment.
    /// </summary>
    public bool WillRevoke(ClientKey clientKey) => clientKey.IsOldKey || Record.Attempts.SkipLast(1).Any(clientKey.IsOfAttempt);
}
