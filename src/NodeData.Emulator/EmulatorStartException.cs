namespace NodeData.Emulator;

/// <summary>
/// The emulator cannot start as it was asked to: the port is taken, the data file cannot be used, the seed is wrong. The message names the option and
/// the cure, and never holds a key.
/// </summary>
public sealed class EmulatorStartException : Exception
{
    /// <summary>An error without a message.</summary>
    public EmulatorStartException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which option is wrong, and the cure.</param>
    public EmulatorStartException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which option is wrong, and the cure.</param>
    /// <param name="innerException">The cause.</param>
    public EmulatorStartException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
