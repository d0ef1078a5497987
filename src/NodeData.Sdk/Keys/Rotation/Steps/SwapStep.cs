namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>Lets this client use the new key from its next attempt on, where it uses the old one; any other client is left alone.</summary>
internal static class SwapStep
{
    public static async Task RunAsync(Rotation rotation, CancellationToken cancellationToken)
    {
        rotation.SwapIsDone = true;
        if (rotation.Own is not { IsOldKey: true } own)
        {
            rotation.Tell(ApiKeyRotationEvent.ClientKeyUnchanged, "This client uses another key than the old one, and was left alone.");
            return;
        }

        rotation.Calls.ReplaceOwnKey(own.Key, rotation.NewKey!.Secret);
        var now = await rotation.Calls.GetOwnKeyAsync(cancellationToken).ConfigureAwait(false);
        if (now.Equals(own.Key))
        {
            throw new ApiKeyRotationException("This client's own key could not be swapped: what gives it went on giving the old one.")
            {
                ErrorCode = ApiKeyRotationErrorCode.ClientKeyNotSwitched,
            };
        }

        await rotation.WriteAsync(rotation.Record with { IsClientKeySwitched = true }, cancellationToken).ConfigureAwait(false);
        rotation.Tell(ApiKeyRotationEvent.ClientKeySwitched, "This client uses the new key from now on.");
    }
}
