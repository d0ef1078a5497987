namespace NodeData.Sdk.Keys.Rotation;

/// <summary>From why and how far to what can be done.</summary>
internal static class KeyRotationNexts
{
    public static KeyRotationNext Of(KeyRotationException failure) =>
        failure.Reason switch
        {
            KeyRotationReason.OldKeyRevoked or KeyRotationReason.OldKeyExpired => KeyRotationNext.Create,
            KeyRotationReason.OldKeyGone => failure.IsRefusal ? KeyRotationNext.GoOn : KeyRotationNext.Create,
            KeyRotationReason.AlreadyCompleted => KeyRotationNext.RotateNewKey,
            KeyRotationReason.UnderWay => KeyRotationNext.Wait,
            KeyRotationReason.BeingAborted or KeyRotationReason.TooManyKeys => KeyRotationNext.Abort,
            _ => failure.IsRefusal ? KeyRotationNext.Mend : AfterStopping(failure.Rotation?.Stage),
        };

    private static KeyRotationNext AfterStopping(KeyRotationStage? stage) =>
        stage == KeyRotationStage.Creating || stage == KeyRotationStage.Deploying ? KeyRotationNext.GoOnOrAbort
        : stage == KeyRotationStage.Overlapping || stage == KeyRotationStage.Revoking ? KeyRotationNext.GoOn
        : stage == KeyRotationStage.Withdrawing ? KeyRotationNext.Abort
        : KeyRotationNext.Mend;
}
