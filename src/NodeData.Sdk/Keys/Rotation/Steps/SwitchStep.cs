namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Switches this client to the new key, starting with its next attempt, if it uses a key that the rotation revokes; any other client is not changed.</summary>
internal static class SwitchStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        rotation.IsSwitchCompleted = true;
        if (rotation.OriginalClientKey is not { } clientKey || !rotation.WillRevoke(clientKey))
        {
            rotation.ReportProgress(ApiKeyRotationEvent.ClientKeyUnchanged, "This client does not use the old key; its key is unchanged.");
            return;
        }

        rotation.Calls.ReplaceClientKey(clientKey.Key, rotation.NewKey!.Secret);
        var currentKey = await rotation.Calls.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        if (currentKey.Equals(clientKey.Key))
        {
            throw new ApiKeyRotationException(
                "The client's key could not be switched: the IApiKeyProvider still returned the old key after the switch."
            )
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientKeyNotSwitched,
            };
        }

        await rotation.WriteAsync(rotation.Record with { IsClientKeySwitched = true }, cancellationToken).ConfigureAwait(false);
        rotation.ReportProgress(ApiKeyRotationEvent.ClientKeySwitched, "This client now uses the new key.");
    }
}
