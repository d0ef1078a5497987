namespace NodeData.Emulator;

/// <summary>
/// The exception that is thrown when the emulator cannot start: the port is in use, the data file cannot be used or the seed is invalid. The exception message
/// contains the option and the remedy, and never a key.
/// </summary>
public sealed class EmulatorStartException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="EmulatorStartException"/> class.</summary>
    public EmulatorStartException() { }

    /// <summary>Initializes a new instance of the <see cref="EmulatorStartException"/> class with a message.</summary>
    /// <param name="message">The invalid option and the remedy.</param>
    public EmulatorStartException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance of the <see cref="EmulatorStartException"/> class with a message and the exception that caused it.</summary>
    /// <param name="message">The invalid option and the remedy.</param>
    /// <param name="innerException">The exception that caused this exception.</param>
    public EmulatorStartException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
