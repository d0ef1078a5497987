using NodeData.Sdk;

namespace RotateInCI;

/// <summary>Tells each step where it is taken.</summary>
internal sealed class ConsoleProgress : IProgress<ApiKeyRotationProgress>
{
    public void Report(ApiKeyRotationProgress value) => Console.WriteLine($"   {value.Stage, -12} {value.Message}");
}
