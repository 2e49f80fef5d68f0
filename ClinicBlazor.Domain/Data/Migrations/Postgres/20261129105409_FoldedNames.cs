using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>Names are folded further, so their words are made anew; indexes for what waits and for what is past its time.</summary>
    public partial class FoldedNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM \"AccountWords\"");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ExpiresAt",
                table: "Sessions",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_Waiting",
                table: "MedicalRecords",
                columns: new[] { "PatientId", "Id" },
                filter: "\"Status\" = 'Preliminary'");

            migrationBuilder.CreateIndex(
                name: "IX_KnownBrowsers_LastUsedAt",
                table: "KnownBrowsers",
                column: "LastUsedAt");

            migrationBuilder.CreateIndex(
                name: "IX_AccountTokens_ExpiresAt",
                table: "AccountTokens",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sessions_ExpiresAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_Waiting",
                table: "MedicalRecords");

            migrationBuilder.DropIndex(
                name: "IX_KnownBrowsers_LastUsedAt",
                table: "KnownBrowsers");

            migrationBuilder.DropIndex(
                name: "IX_AccountTokens_ExpiresAt",
                table: "AccountTokens");
        }
    }
}
