namespace NodeData.Sdk;

/// <summary>
/// Something was set up wrongly, and it was noticed before anything was sent: no key, a text that is no key, a key of the other mode, an address that
/// cannot be used, a handler that cannot do what was asked. The message names the setting and the cure, never the value of a secret.
/// </summary>
public class NodeDataConfigurationException : NodeDataException
{
    /// <summary>An error without a message.</summary>
    public NodeDataConfigurationException() { }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which setting is wrong, and the cure.</param>
    public NodeDataConfigurationException(string? message)
        : base(message) { }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which setting is wrong, and the cure.</param>
    /// <param name="innerException">The cause.</param>
    public NodeDataConfigurationException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
