using NodeData.Emulator.Answers;

namespace NodeData.Emulator.Serving;

/// <summary>From an answer to bytes on the wire.</summary>
internal static class Sending
{
    private const string RequestIdHeader = "x-request-id";

    // So that a program can tell it from the service, which sends no such header.
    private const string EmulatorHeader = "nd-emulator";

    /// <summary>Sends an answer.</summary>
    /// <param name="call">The request that it answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="most">How much of the body is sent of what was announced; null for all.</param>
    public static async Task SendAsync(Call call, Answer answer, int? most = null)
    {
        var response = call.Http.Response;
        response.StatusCode = answer.Status;
        response.Headers[RequestIdHeader] = answer.RepeatedRequestId ?? call.RequestId;
        response.Headers[EmulatorHeader] = "1";
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        // The server takes an answer that is shorter than announced for broken, and ends the connection after what was sent.
        var sent = most is { } bytes ? answer.Body[..Math.Min(bytes, Math.Max(0, answer.Body.Length - 1))] : answer.Body;
        await response.Body.WriteAsync(sent, call.Http.RequestAborted).ConfigureAwait(false);
    }
}
