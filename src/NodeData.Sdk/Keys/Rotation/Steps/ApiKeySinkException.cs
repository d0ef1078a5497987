namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>The exception for a sink that failed. It is internal to the rotation, which throws a public exception instead.</summary>
internal sealed class ApiKeySinkException(IReadOnlyList<IApiKeySink> sinks, int failedIndex, Exception cause) : Exception(null, cause)
{
    public ApiKeyRotationDeployment Deployment { get; } =
        new(
            sinks[failedIndex].Name,
            [.. sinks.Take(failedIndex).Select(sink => sink.Name)],
            [.. sinks.Skip(failedIndex + 1).Select(sink => sink.Name)]
        );

    public string Description =>
        $"{Deployment.FailedSink} failed"
        + (Deployment.CompletedSinks.Count == 0 ? "" : $"; completed: {string.Join(", ", Deployment.CompletedSinks)}")
        + (Deployment.PendingSinks.Count == 0 ? "" : $"; pending: {string.Join(", ", Deployment.PendingSinks)}");
}
