namespace NodeData.Emulator.CommandLine;

/// <summary>The program was started wrongly; the message is one line that names the option and the cure.</summary>
internal sealed class UsageException(string message) : Exception(message);
