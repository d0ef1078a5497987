using System.Diagnostics;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The activity of one run of a rotation. Every run joins the trace of the first one, and the calls of the run are its children.</summary>
internal static class RotationTrace
{
    public static Activity? Start(string operation, string oldKeyId, ApiKeyRotationRecord? resumed)
    {
        var name = $"nodedata.keys.{operation}";
        var current = Activity.Current?.Context;
        var span = ActivityContext.TryParse(resumed?.TraceParent, null, isRemote: true, out var parent)
            ? NodeDataTelemetry.Source.StartActivity(
                name,
                ActivityKind.Internal,
                parent,
                links: current is { } context && context.TraceId != parent.TraceId ? [new ActivityLink(context)] : null
            )
            : NodeDataTelemetry.Source.StartActivity(name);
        span?.SetTag("nodedata.rotation.old_key_id", oldKeyId);
        return span;
    }

    /// <summary>Gets the trace parent for later runs; null if tracing is not enabled.</summary>
    public static string? GetTraceParent(Activity? span) => span is { IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    public static void AddEvent(ApiKeyRotationRecord record, string message, DateTimeOffset at)
    {
        if (Activity.Current is not { } span || span.Source.Name != NodeDataTelemetry.Name)
        {
            return;
        }

        span.SetTag("nodedata.rotation.id", record.RotationId);
        span.SetTag("nodedata.rotation.stage", record.Stage.Value);
        var tags = new ActivityTagsCollection
        {
            { "nodedata.rotation.stage", record.Stage.Value },
            { "nodedata.rotation.message", message },
        };
        span.AddEvent(new ActivityEvent("nodedata.rotation", at, tags));
    }

    /// <summary>Runs an operation, and records a failure on its activity.</summary>
    public static async Task<ApiKeyRotation> RunAsync(Activity? span, Func<Task<ApiKeyRotation>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            span?.SetTag("error.type", exception.GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}
