namespace NodeData.Sdk.Testing.Conformance;

/// <summary>A result of the claim store under test is not the one that a check requires.</summary>
internal sealed class CheckFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
