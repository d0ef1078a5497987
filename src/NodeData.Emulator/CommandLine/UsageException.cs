namespace NodeData.Emulator.CommandLine;

/// <summary>The exception for invalid arguments; the exception message is one line that contains the option and the remedy.</summary>
internal sealed class UsageException(string message) : Exception(message);
