namespace NodeData.Sdk;

/// <summary>
/// A rotation was refused, or stopped on its way. The message says which keys are accepted now, and how to go on or back. Nothing ever ends with no working
/// key: until the new key is proven and deployed, the old one is left alone.
/// </summary>
public class KeyRotationException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public KeyRotationException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    public KeyRotationException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public KeyRotationException(string? message, Exception? innerException)
        : base(message, innerException) { }

    /// <summary>What the rotation has done until now; null where it never began, so that nothing was done.</summary>
    public KeyRotation? Rotation { get; init; }
}
