using NodeData.Sdk;

namespace RotateInCI;

/// <summary>Writes the progress of the rotation to the console.</summary>
internal sealed class ConsoleProgress : IProgress<ApiKeyRotationProgress>
{
    public void Report(ApiKeyRotationProgress value) => Console.WriteLine($"   {value.Stage, -12} {value.Message}");
}
