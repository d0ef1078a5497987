using System.Diagnostics.CodeAnalysis;

namespace NodeData.Sdk;

/// <summary>Provides the system clock, the default of every option that takes a <see cref="TimeProvider"/>.</summary>
internal static class SystemTime
{
    [SuppressMessage(
        "ApiDesign",
        "RS0030:Do not use banned APIs",
        Justification = "The single place that uses the system clock, as the default."
    )]
    public static TimeProvider Provider => TimeProvider.System;
}
