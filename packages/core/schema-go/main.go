// Reflects over the Go structs that the API server decodes workloads into, and writes their fields and types as JSON.
// It describes the one version of k8s.io/api that go.mod asks for; generate.mjs runs it once for each version and
// merges what it prints.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Kinds in the order in which their structs are written.
var kinds = []any{
	appsv1.DaemonSet{},
	appsv1.Deployment{},
	appsv1.StatefulSet{},
	appsv1.ReplicaSet{},
	corev1.ReplicationController{},
	batchv1.Job{},
	batchv1.CronJob{},
	corev1.Pod{},
}

// Types that decode themselves.
var special = map[reflect.Type]string{
	reflect.TypeOf(resource.Quantity{}):  "quantity",
	reflect.TypeOf(intstr.IntOrString{}): "int-or-string",
	reflect.TypeOf(metav1.Time{}):        "time",
	reflect.TypeOf(metav1.MicroTime{}):   "micro-time",
	reflect.TypeOf(metav1.FieldsV1{}):    "any",
	reflect.TypeOf([]byte{}):             "bytes",
}

var unmarshaler = reflect.TypeOf((*json.Unmarshaler)(nil)).Elem()

type field struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

type structure struct {
	Name   string  `json:"name"`
	Fields []field `json:"fields"`
}

type reflector struct {
	structures []*structure
	seen       map[string]reflect.Type
}

// typeName gives a field's type: a scalar, "[]T", "{}T", or the name of a struct.
func (r *reflector) typeName(t reflect.Type) string {
	if name, ok := special[t]; ok {
		return name
	}
	if t.Kind() == reflect.Pointer {
		return r.typeName(t.Elem())
	}
	if reflect.PointerTo(t).Implements(unmarshaler) {
		panic(fmt.Sprintf("%v decodes itself: say how in `special`", t))
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int32:
		return "int32"
	case reflect.Int64:
		return "int64"
	case reflect.Slice:
		return "[]" + r.typeName(t.Elem())
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			panic(fmt.Sprintf("%v has keys that are no strings", t))
		}
		return "{}" + r.typeName(t.Elem())
	case reflect.Struct:
		r.add(t)
		return t.Name()
	}
	panic(fmt.Sprintf("unexpected type %v", t))
}

func (r *reflector) add(t reflect.Type) {
	if known, ok := r.seen[t.Name()]; ok {
		if known != t {
			panic(fmt.Sprintf("%v and %v have one name", known, t))
		}
		return
	}
	r.seen[t.Name()] = t
	s := &structure{Name: t.Name(), Fields: []field{}}
	r.structures = append(r.structures, s)
	r.addFields(s, t)
}

func (r *reflector) addFields(s *structure, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported():
		case name == "" && f.Anonymous:
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			r.addFields(s, embedded)
		case name == "":
			panic(fmt.Sprintf("%v.%s has no name in JSON", t, f.Name))
		default:
			s.Fields = append(s.Fields, field{name, r.typeName(f.Type)})
		}
	}
}

func main() {
	r := &reflector{seen: map[string]reflect.Type{}}
	for _, kind := range kinds {
		r.add(reflect.TypeOf(kind))
	}
	encoder := json.NewEncoder(os.Stdout)
	if err := encoder.Encode(r.structures); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
