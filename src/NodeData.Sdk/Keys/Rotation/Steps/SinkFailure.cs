namespace NodeData.Sdk.Keys.Rotation.Steps;

/// <summary>A sink did not take the key. Never leaves the rotation, which tells the caller in its own words.</summary>
internal sealed class SinkFailure(IReadOnlyList<IKeySink> sinks, int failed, Exception cause) : Exception(null, cause)
{
    public string Where =>
        $"{sinks[failed].Name} failed"
        + (failed == 0 ? "" : $"; done: {string.Join(", ", sinks.Take(failed).Select(sink => sink.Name))}")
        + (failed + 1 == sinks.Count ? "" : $"; not begun: {string.Join(", ", sinks.Skip(failed + 1).Select(sink => sink.Name))}");
}
