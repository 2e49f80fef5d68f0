namespace ClinicBlazor.Tests.Architecture.WrongSide.Records;

/// <summary>Stands above <see cref="Kernel.FloorThatLooksUp"/>.</summary>
internal sealed class UpThere;
