namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>
/// Asks for the new key, by the request that the record holds. Asked again after an interruption, a service that heeds the idempotency key gives the same key;
/// one that ignores it makes another: so whatever else is accepted under the attempt's name is revoked, because nobody was ever handed it.
/// </summary>
internal static class CreateStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        var record = rotation.Record;
        var attempt = record.Current;
        rotation.ReportProgress(ApiKeyRotationEvent.Creating, $"Asking for the key {attempt.Name}.");
        var created = await rotation.Calls.CreateAsync(CreateRequest(record), record.Mode, cancellationToken).ConfigureAwait(false);
        var sameName = await rotation.Calls.FindAllAsync(key => key.Name == attempt.Name, cancellationToken).ConfigureAwait(false);
        foreach (var other in sameName.Where(key => key.Id != created.Id && !key.IsRevokedOrExpired(rotation.Calls.Now)))
        {
            await rotation.Calls.RevokeAsync(other.Id, cancellationToken).ConfigureAwait(false);
            rotation.ReportProgress(
                ApiKeyRotationEvent.Revoked,
                $"Revoked {other.Id}, an earlier answer to the same request that nobody received.",
                revokedKeyId: other.Id
            );
        }

        // A remembered answer tells of a key as it was; a run that failed and was then interrupted may have revoked it.
        if (sameName.Exists(key => key.Id == created.Id && key.IsRevokedOrExpired(rotation.Calls.Now)))
        {
            rotation.Record = record.WithCurrentAttempt(attempt with { IsWithdrawn = true });
            return;
        }

        rotation.NewKey = created;
        rotation.ReportProgress(ApiKeyRotationEvent.Created, $"Have the key {created.Id} ({created.Secret.Hint}).");
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
