namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Lets this client use the new key from its next attempt on, where it uses the old one; any other client is left alone.</summary>
internal static class SwitchStep
{
    public static async Task RunAsync(RotationContext rotation, CancellationToken cancellationToken)
    {
        rotation.IsSwitchCompleted = true;
        if (rotation.OriginalClientKey is not { IsOldKey: true } clientKey)
        {
            rotation.ReportProgress(
                ApiKeyRotationEvent.ClientKeyUnchanged,
                "This client uses another key than the old one, and was left alone."
            );
            return;
        }

        rotation.Calls.ReplaceClientKey(clientKey.Key, rotation.NewKey!.Secret);
        var currentKey = await rotation.Calls.GetClientKeyAsync(cancellationToken).ConfigureAwait(false);
        if (currentKey.Equals(clientKey.Key))
        {
            throw new ApiKeyRotationException("This client's own key could not be swapped: what gives it went on giving the old one.")
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientKeyNotSwitched,
            };
        }

        await rotation.WriteAsync(rotation.Record with { IsClientKeySwitched = true }, cancellationToken).ConfigureAwait(false);
        rotation.ReportProgress(ApiKeyRotationEvent.ClientKeySwitched, "This client uses the new key from now on.");
    }
}
