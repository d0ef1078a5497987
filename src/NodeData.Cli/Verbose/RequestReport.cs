using System.Diagnostics;
using System.Globalization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Verbose;

/// <summary>Writes each request and its response to standard error, from the client's activities, which contain no secret (docs/observability.md).</summary>
internal static class RequestReport
{
    private const string SourceName = "NodeData.Sdk";
    private const string AttemptEventName = "nodedata.attempt";

    /// <summary>Starts the report, which continues until the process exits.</summary>
    public static void Start(Terminal terminal) =>
        ActivitySource.AddActivityListener(
            new ActivityListener
            {
                ShouldListenTo = source => source.Name == SourceName,
                Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStopped = span => Show(span, terminal),
            }
        );

    private static void Show(Activity span, Terminal terminal)
    {
        if (span.GetTagItem("url.full") is not string address)
        {
            return;
        }

        foreach (var attempt in span.Events.Where(activityEvent => activityEvent.Name == AttemptEventName))
        {
            var tags = attempt.Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
            var result = tags.GetValueOrDefault("http.response.status_code") ?? tags.GetValueOrDefault("error.type");
            var request = tags.GetValueOrDefault("nodedata.request_id") is { } id ? $", request {id}" : "";
            terminal.Error.WriteLine(PlainText.Sanitize($"> {span.GetTagItem("http.request.method")} {address}"));
            terminal.Error.WriteLine(PlainText.Sanitize(string.Create(CultureInfo.InvariantCulture, $"< {result}{request}")));
        }

        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {span.Duration.TotalMilliseconds:0} ms"));
    }
}
