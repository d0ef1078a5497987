namespace NodeData.Cli.Output;

/// <summary>Standard output cannot be written: whoever read it has gone.</summary>
internal sealed class OutputClosedException(string message) : IOException(message);
