namespace NodeData.Emulator.CommandLine;

/// <summary>The exception for invalid arguments; its message is one line that names the option and the remedy.</summary>
internal sealed class UsageException(string message) : Exception(message);
