namespace NodeData.Sdk.Testing.Conformance;

/// <summary>The exception that is thrown when the claim store under test returns a result other than the required one.</summary>
internal sealed class CheckFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
