namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown when the configuration is invalid: a missing key, a value that is not a key, a key of a different mode, an invalid address, or
/// an HTTP handler that lacks a required capability. It is thrown before anything is sent, or if a handler followed a redirect. The message contains the
/// setting and the remedy, never the value of a secret.
/// </summary>
public class NodeDataConfigurationException : NodeDataException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataConfigurationException"/> class.</summary>
    public NodeDataConfigurationException() { }

    /// <summary>Initializes a new instance of the <see cref="NodeDataConfigurationException"/> class with a message.</summary>
    /// <param name="message">A message that names the invalid setting and the remedy.</param>
    public NodeDataConfigurationException(string? message)
        : base(message) { }

    /// <summary>Initializes a new instance of the <see cref="NodeDataConfigurationException"/> class with a message and an inner exception.</summary>
    /// <param name="message">A message that names the invalid setting and the remedy.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public NodeDataConfigurationException(string? message, Exception? innerException)
        : base(message, innerException) { }
}
