using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>The one place that knows the system's clock. It bounds calls that hang; no promise of a log is measured with it.</summary>
internal static class SystemTime
{
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The default stands here, once.")]
    public static TimeProvider Provider => TimeProvider.System;
}
