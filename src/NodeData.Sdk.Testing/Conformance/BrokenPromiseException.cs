namespace NodeData.Sdk.Testing.Conformance;

/// <summary>What a check saw that it should not have seen.</summary>
internal sealed class BrokenPromiseException(string message, Exception? cause = null) : Exception(message, cause);
