namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>A sink did not take the key. Never leaves the rotation, which tells the caller in its own words.</summary>
internal sealed class SinkFailure(IReadOnlyList<IApiKeySink> sinks, int failedIndex, Exception cause) : Exception(null, cause)
{
    public ApiKeyRotationDeployment Deployment { get; } =
        new(
            sinks[failedIndex].Name,
            [.. sinks.Take(failedIndex).Select(sink => sink.Name)],
            [.. sinks.Skip(failedIndex + 1).Select(sink => sink.Name)]
        );

    public string Description =>
        $"{Deployment.FailedSink} failed"
        + (Deployment.CompletedSinks.Count == 0 ? "" : $"; done: {string.Join(", ", Deployment.CompletedSinks)}")
        + (Deployment.PendingSinks.Count == 0 ? "" : $"; not begun: {string.Join(", ", Deployment.PendingSinks)}");
}
