using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>The exception that is thrown for status 404: the object does not exist, or belongs to a different account or a different mode.</summary>
public class NodeDataNotFoundException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataNotFoundException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataNotFoundException(string? message)
        : base(HttpStatusCode.NotFound, message) { }

    internal NodeDataNotFoundException(ErrorReport report)
        : base(HttpStatusCode.NotFound, report) { }
}
