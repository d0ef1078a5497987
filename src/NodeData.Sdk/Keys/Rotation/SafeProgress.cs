namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Reports progress, and ignores exceptions of the receiver, which must not interrupt a rotation.</summary>
internal sealed class SafeProgress(IProgress<ApiKeyRotationProgress>? progress)
{
    public void Report(ApiKeyRotationProgress value)
    {
        try
        {
            progress?.Report(value);
        }
        // An exception of the receiver does not concern the rotation.
        catch (Exception)
        {
            // The message is in the log and in the trace as well.
        }
    }
}
