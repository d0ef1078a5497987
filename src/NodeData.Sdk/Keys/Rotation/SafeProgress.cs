namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Whoever listens to a rotation must not be able to stop it halfway.</summary>
internal sealed class SafeProgress(IProgress<ApiKeyRotationProgress>? progress)
{
    public void Report(ApiKeyRotationProgress value)
    {
        try
        {
            progress?.Report(value);
        }
        // Whatever a listener throws is its own affair.
        catch (Exception)
        {
            // What was to be told is in the log and the trace as well.
        }
    }
}
