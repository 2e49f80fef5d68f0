global using ClinicBlazor.Domain.Kernel;
