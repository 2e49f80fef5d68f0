using ClinicBlazor.Tests.Architecture.WrongSide.Records;

namespace ClinicBlazor.Tests.Architecture.WrongSide.Kernel;

/// <summary>A type of the floor that uses one from above inside a method: what the test of the layers must find.</summary>
internal static class FloorThatLooksUp
{
    public static object Look() => new UpThere();
}
