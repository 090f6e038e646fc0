// SPDX-License-Identifier: Apache-2.0
// Is an ontology OWL 2 DL, consistent, and is each of its classes possible?
//
//   java -cp HermiT.jar Profile.java FILE...
//
// For each file: its name, a line for each violation of the OWL 2 DL profile, a line for each class
// that nothing can belong to, REFUSED for a datatype that OWL 2 does not have, INCONSISTENT if it
// contradicts itself, the number of logical axioms.
// The OWL API and HermiT 1.3.8 are those that the Python package owlready2 carries.

import java.io.File;
import java.util.List;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.HermiT.datatypes.UnsupportedDatatypeException;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

public class Profile {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            System.out.println("FILE " + file);
            OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            check(manager.loadOntologyFromOntologyDocument(new File(file)));
        }
    }

    static void check(OWLOntology ontology) {
        List<OWLProfileViolation> violations =
            new OWL2DLProfile().checkOntology(ontology).getViolations();
        for (OWLProfileViolation violation : violations) {
            System.out.println("VIOLATION " + violation.toString().replace('\n', ' '));
        }
        if (!violations.isEmpty()) {
            return; // a reasoner promises nothing outside OWL 2 DL
        }
        Reasoner reasoner;
        try {
            reasoner = new Reasoner(ontology);
        } catch (UnsupportedDatatypeException beyond) {
            System.out.println("REFUSED " + beyond.getMessage().replace('\n', ' '));
            return;
        }
        if (!reasoner.isConsistent()) {
            System.out.println("INCONSISTENT");
        } else {
            for (OWLClass none : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
                System.out.println("UNSATISFIABLE " + none.getIRI());
            }
        }
        System.out.println("AXIOMS " + ontology.getLogicalAxiomCount());
    }
}
