namespace NodeData.Sdk.Testing.Conformance;

/// <summary>What a check saw that it should not have seen.</summary>
internal sealed class CheckFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
