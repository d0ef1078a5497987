namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Creates the new key with the request of the record. If the request is retried after an interruption, a service that supports the idempotency key returns
/// the same key; one that ignores it creates another, so any other valid key with the name of the attempt, which was never deployed, is revoked.
/// </summary>
internal static class CreateStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var record = rotation.Record;
        var attempt = record.Current;
        rotation.ReportProgress(ApiKeyRotationEvent.Creating, $"Creating the key {attempt.Name}.");
        var created = await rotation.Calls.CreateAsync(CreateRequest(record), record.Mode, cancellationToken).ConfigureAwait(false);
        var sameName = await rotation.Calls.FindAllAsync(key => key.Name == attempt.Name, cancellationToken).ConfigureAwait(false);
        foreach (var other in sameName.Where(key => key.Id != created.Id && !key.IsRevokedOrExpired(rotation.Calls.Now)))
        {
            await rotation.Calls.RevokeAsync(other.Id, cancellationToken).ConfigureAwait(false);
            rotation.ReportProgress(
                ApiKeyRotationEvent.Revoked,
                $"Revoked {other.Id}, which the same request created earlier and whose response was lost.",
                revokedKeyId: other.Id
            );
        }

        // A replayed response describes the key as it was then; a run that failed and was interrupted later may have revoked the key.
        if (sameName.Exists(key => key.Id == created.Id && key.IsRevokedOrExpired(rotation.Calls.Now)))
        {
            rotation.Record = record.WithCurrentAttempt(attempt with { IsAbandoned = true });
            return;
        }

        rotation.NewKey = created;
        rotation.ReportProgress(ApiKeyRotationEvent.Created, $"Created the key {created.Id} ({created.Secret.Hint}).");
    }

    private static CreateApiKeyOptions CreateRequest(ApiKeyRotationRecord record) =>
        new(record.Current.Name)
        {
            Mode = record.Mode,
            Scopes = record.Scopes,
            ExpiresAt = record.Current.ExpiresAt,
            IdempotencyKey = record.Current.IdempotencyKey,
        };
}
